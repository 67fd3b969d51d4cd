/**
 * How a reconcile ends early: a reason, a sentence, and the pace at which it is worth another try. Pure values that every
 * reconciler shares; built from diagnoses, turned into conditions and schedules by others.
 */
package io.maildomain.operator.outcome;
