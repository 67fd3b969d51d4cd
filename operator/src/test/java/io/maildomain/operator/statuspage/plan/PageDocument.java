package io.maildomain.operator.statuspage.plan;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A page as a strict parser reads it: each element is closed where it should be, and no text has become one. */
public final class PageDocument {

    private final Document document;

    private PageDocument(Document document) {
        this.document = document;
    }

    /** What HTML does not close is closed for the parser; all else stands as it is. */
    public static PageDocument of(String page) {
        String closed = page.replaceFirst("<!DOCTYPE html>", "")
                .replaceAll("<(meta|link|input)((?: [a-z-]+=\"[^\"]*\")*)>", "<$1$2/>");
        try {
            DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(null);
            return new PageDocument(builder.parse(new InputSource(new StringReader(closed.strip()))));
        } catch (Exception notWellFormed) {
            throw new AssertionError(page, notWellFormed);
        }
    }

    /** The texts of all nodes that the XPath finds, without surplus spaces. */
    public List<String> texts(String path) {
        NodeList nodes = nodes(path);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent().strip().replaceAll("\\s+", " "))
                .toList();
    }

    /** The text of the only node that the XPath finds. */
    public String text(String path) {
        List<String> texts = texts(path);
        if (texts.size() != 1) {
            throw new AssertionError(path + " finds " + texts);
        }
        return texts.get(0);
    }

    public int count(String path) {
        return nodes(path).getLength();
    }

    /** The names of all elements, in their order. */
    public List<String> elements() {
        NodeList nodes = nodes("//*");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getNodeName())
                .toList();
    }

    private NodeList nodes(String path) {
        try {
            return (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        } catch (Exception noPath) {
            throw new AssertionError(path, noPath);
        }
    }
}
