ALTER TABLE mails ADD COLUMN subject TEXT; -- with; semicolons
CREATE TRIGGER t AFTER INSERT ON mails BEGIN UPDATE mails SET subject = 'a;b' WHERE id = new.id; END;
