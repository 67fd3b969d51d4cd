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
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
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

{{- define "mdo.rules.secrets" -}}
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch]
{{- end }}
