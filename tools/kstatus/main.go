// Command kstatus says of each resource in the files that it is given what Flux, kpt and others make of its status: it is the library that
// they use, sigs.k8s.io/cli-utils/pkg/kstatus, and nothing else. One line for each file: its name, the status, the message.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	"sigs.k8s.io/yaml"
)

func main() {
	for _, file := range os.Args[1:] {
		result, err := of(file)
		if err != nil {
			fmt.Fprintf(os.Stderr, "kstatus: %s: %v\n", file, err)
			os.Exit(1)
		}
		fmt.Printf("%s\t%s\t%s\n", filepath.Base(file), result.Status, result.Message)
	}
}

func of(file string) (*status.Result, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	// By way of JSON with the client's own decoder, so that numbers are those that an API server's answer has.
	json, err := yaml.YAMLToJSON(text)
	if err != nil {
		return nil, err
	}
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(json); err != nil {
		return nil, err
	}
	return status.Compute(object)
}
