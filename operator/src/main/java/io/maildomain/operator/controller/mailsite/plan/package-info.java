/** What a site's deployment comes to: project, deployment of files, hostnames. Pure functions over records; they know API types and values only. */
@NullMarked
package io.maildomain.operator.controller.mailsite.plan;

import org.jspecify.annotations.NullMarked;
