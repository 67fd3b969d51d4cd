{{- define "mdo.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "mdo.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "mdo.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "mdo.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* Of cluster-scoped objects: two releases of one name in two namespaces must not share a ClusterRole. */}}
{{- define "mdo.clusterName" -}}
{{- printf "%s:%s" .Release.Namespace (include "mdo.fullname" .) }}
{{- end }}

{{- define "mdo.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "mdo.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- required "serviceAccount.name: name the ServiceAccount to use, or set serviceAccount.create to true" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "mdo.selectorLabels" -}}
app.kubernetes.io/name: {{ include "mdo.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "mdo.labels" -}}
{{ include "mdo.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "mdo.image" -}}
{{- $name := list .Values.image.registry .Values.image.repository | compact | join "/" }}
{{- if .Values.image.digest }}
{{- printf "%s@%s" $name .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" $name (.Values.image.tag | default .Chart.AppVersion) }}
{{- end }}
{{- end }}

{{/* What Prometheus scrapes: of .Values.serviceMonitor or .Values.podMonitor. */}}
{{- define "mdo.endpoint" -}}
port: http
path: /metrics
{{- with .interval }}
interval: {{ . }}
{{- end }}
{{- with .relabelings }}
relabelings: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .metricRelabelings }}
metricRelabelings: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The CAs that are trusted besides the public ones: variable, mount and volume of each Pod of ours. */}}
{{- define "mdo.trustedCA.env" -}}
{{- if .Values.trustedCA.configMap -}}
- name: MAILDOMAIN_TRUSTED_CA
  value: {{ printf "/etc/mail-domain-operator/trusted-ca/%s" .Values.trustedCA.key | quote }}
{{- end }}
{{- end }}
{{- define "mdo.trustedCA.mount" -}}
{{- if .Values.trustedCA.configMap -}}
- name: trusted-ca
  mountPath: /etc/mail-domain-operator/trusted-ca
  readOnly: true
{{- end }}
{{- end }}
{{- define "mdo.trustedCA.volume" -}}
{{- with .Values.trustedCA.configMap -}}
- name: trusted-ca
  configMap:
    name: {{ . }}
{{- end }}
{{- end }}

{{/* What the container's security context, the Pod's scheduling and the like are for the operator they are for Jobs of the release, too:
     dict "root" $ "args" … and where needed "serviceAccount" … "volume" … "mount" … */}}
{{- define "mdo.jobPod" -}}
{{- with .root.Values -}}
metadata:
  labels: {{- include "mdo.jobLabels" $.root | nindent 4 }}
  {{- with .podAnnotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  restartPolicy: Never
  enableServiceLinks: false
  {{- if $.serviceAccount }}
  serviceAccountName: {{ $.serviceAccount }}
  {{- else }}
  automountServiceAccountToken: false
  {{- end }}
  {{- with .imagePullSecrets }}
  imagePullSecrets: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .podSecurityContext }}
  securityContext: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .hostAliases }}
  hostAliases: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .dnsPolicy }}
  dnsPolicy: {{ . }}
  {{- end }}
  {{- with .dnsConfig }}
  dnsConfig: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .initContainers }}
  initContainers: {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: operator
      image: {{ include "mdo.image" $.root | quote }}
      imagePullPolicy: {{ .image.pullPolicy }}
      args: {{- toYaml $.args | nindent 8 }}
      env:
        - name: POD_NAMESPACE
          valueFrom:
            fieldRef:
              fieldPath: metadata.namespace
        {{- with .javaOptions }}
        - name: JAVA_TOOL_OPTIONS
          value: {{ . | quote }}
        {{- end }}
        {{- with include "mdo.trustedCA.env" $.root }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with .extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .extraEnvFrom }}
      envFrom: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .securityContext }}
      securityContext: {{- toYaml . | nindent 8 }}
      {{- end }}
      resources: {{- toYaml .resources | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- with include "mdo.trustedCA.mount" $.root }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with $.mount }}
        - {{- toYaml . | nindent 10 }}
        {{- end }}
        {{- with .extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: 64Mi
    {{- with include "mdo.trustedCA.volume" $.root }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- with $.volume }}
    - {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .affinity }}
  affinity: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Pods of Jobs: another name than the operator's Pods, which Service, monitors and policies select. */}}
{{- define "mdo.jobLabels" -}}
app.kubernetes.io/name: {{ include "mdo.name" . | trunc 58 | trimSuffix "-" }}-job
app.kubernetes.io/instance: {{ .Release.Name }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- with .Values.podLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "mdo.subject" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "mdo.serviceAccountName" . }}
    namespace: {{ .Release.Namespace }}
{{- end }}

{{/* Elsewhere than in the release's namespace its name tells of which release it is: two may need one there. */}}
{{/* A Role and its binding: dict "root" $ "namespace" … "suffix" … "rules" (YAML text). */}}
{{- define "mdo.role" -}}
{{- $name := printf "%s-%s" (include "mdo.fullname" .root) .suffix -}}
{{- if ne .namespace .root.Release.Namespace }}
{{- $name = printf "%s:%s" (include "mdo.clusterName" .root) .suffix -}}
{{- end }}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ $name }}
  namespace: {{ .namespace }}
  labels: {{- include "mdo.labels" .root | nindent 4 }}
rules: {{- .rules | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ $name }}
  namespace: {{ .namespace }}
  labels: {{- include "mdo.labels" .root | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ $name }}
{{ include "mdo.subject" .root }}
{{- end }}

{{/* The rules, each where it belongs: cluster-wide or in one namespace. */}}

{{- define "mdo.rules.domains" -}}
# No create: a finalizer that comes late can then never bring a deleted resource back.
- apiGroups: [maildomain.io]
  resources: [maildomains, catchallrules]
  verbs: [get, list, watch, patch]
- apiGroups: [maildomain.io]
  resources: [maildomains/status, catchallrules/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [events]
  verbs: [create, patch]
{{- with include "mdo.rules.deploying" . }}
{{ . }}
{{- end }}
{{- if .Values.mailboxes.enabled }}
# A Mailbox has no finalizer: only its status is written.
- apiGroups: [maildomain.io]
  resources: [mailboxes]
  verbs: [get, list, watch{{ if .Values.mailboxes.deleteExpired }}, delete{{ end }}]
- apiGroups: [maildomain.io]
  resources: [mailboxes/status]
  verbs: [patch]
{{- end }}
{{- if .Values.destinationAddresses.enabled }}
# Patched: its finalizer, and its status.
- apiGroups: [maildomain.io]
  resources: [destinationaddresses]
  verbs: [get, list, watch, patch]
- apiGroups: [maildomain.io]
  resources: [destinationaddresses/status]
  verbs: [patch]
{{- else }}
# Those that there are still bear the finalizer: the operator says so at its start, and before it is uninstalled.
- apiGroups: [maildomain.io]
  resources: [destinationaddresses]
  verbs: [list]
{{- end }}
{{- end }}

{{/* MailWorkers and MailSites, and where their files come from: by name, or by kind. Never a list: who may list reads all. */}}
{{- define "mdo.rules.deploying" -}}
{{- if .Values.deploying.enabled -}}
- apiGroups: [maildomain.io]
  resources: [mailworkers, mailsites]
  verbs: [get, list, watch, patch]
- apiGroups: [maildomain.io]
  resources: [mailworkers/status, mailsites/status]
  verbs: [patch]
{{- with .Values.deploying.configMaps | uniq }}
- apiGroups: [""]
  resources: [configmaps]
  resourceNames: {{ toJson . }}
  verbs: [get]
{{- end }}
{{- with .Values.deploying.fluxKinds | uniq }}
- apiGroups: [source.toolkit.fluxcd.io]
  resources:
  {{- range . }}
    - {{ eq "Bucket" . | ternary "buckets" (eq "ExternalArtifact" . | ternary "externalartifacts" (lower . | trimSuffix "y" | printf "%sies")) }}
  {{- end }}
  verbs: [get]
{{- end }}
{{- else -}}
# What was deployed before still bears the finalizer: the operator says so at its start, and before it is uninstalled.
- apiGroups: [maildomain.io]
  resources: [mailworkers, mailsites]
  verbs: [list]
{{- end }}
{{- end }}

{{- define "mdo.rules.accounts" -}}
- apiGroups: [maildomain.io]
  resources: [cloudflareaccounts]
  verbs: [get, list, watch, patch]
- apiGroups: [maildomain.io]
  resources: [cloudflareaccounts/status]
  verbs: [patch]
# Their labels decide which namespaces an account serves; the default owner id is derived from UIDs of two of them.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get, list, watch]
{{- end }}

{{/* Only their finalizer is changed, which heldsecrets-guard.yaml holds it to. */}}
{{- define "mdo.rules.heldSecrets" -}}
{{- with concat .Values.heldSecrets.names .Values.heldSecrets.released | uniq -}}
# Its finalizer, while resources need their token.
- apiGroups: [""]
  resources: [secrets]
  resourceNames: {{ toJson . }}
  verbs: [patch]
{{- end }}
{{- end }}

{{/* Whether cluster-scoped objects may be created: not with Roles only. */}}
{{- define "mdo.clusterScoped" -}}
{{- if or .Values.accounts (not .Values.watchNamespaces) }}true{{ end }}
{{- end }}

{{- define "mdo.rules.secrets" -}}
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch]
{{- end }}
