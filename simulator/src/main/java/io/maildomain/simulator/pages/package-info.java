/**
 * Pages: projects, their deployments and domains, and the uploading of files by key.
 *
 * <p>Depends on {@code api}, {@code state}, {@code multipart} and {@code uploads}.
 */
package io.maildomain.simulator.pages;
