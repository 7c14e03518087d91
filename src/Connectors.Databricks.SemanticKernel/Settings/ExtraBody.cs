using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>Puts members of the caller's own into the request: by name at the top, or by a path such as <c>$.thinking.type</c>.</summary>
internal static class ExtraBody
{
    private const string Root = "$.";

    public static void Apply(IEnumerable<KeyValuePair<string, object?>> members, ChatOptions options)
    {
        foreach (var (name, value) in members)
        {
            if (name.StartsWith(Root, StringComparison.Ordinal))
            {
                ApplyPath(name, value, options.AdditionalProperties ??= []);
            }
            else
            {
                // A later path may write into it, and the caller's own stays as it is.
                (options.AdditionalProperties ??= [])[name] = value is JsonNode node ? node.DeepClone() : value;
            }
        }
    }

    private static void ApplyPath(string path, object? value, AdditionalPropertiesDictionary properties)
    {
        var steps = path[Root.Length..].Split('.');
        if (steps.Any(step => step.Length == 0 || step.Contains('[', StringComparison.Ordinal)))
        {
            throw new ArgumentException(
                $"ExtraBody has the path '{path}'. A path has names joined by dots, such as $.thinking.type: set arrays as a whole.",
                nameof(path));
        }

        if (steps.Length == 1)
        {
            properties[steps[0]] = value;
            return;
        }

        if (properties.GetValueOrDefault(steps[0]) is not JsonObject parent)
        {
            properties[steps[0]] = parent = Copy(properties.GetValueOrDefault(steps[0]));
        }

        foreach (var step in steps[1..^1])
        {
            if (parent[step] is not JsonObject child)
            {
                parent[step] = child = [];
            }

            parent = child;
        }

        parent[steps[^1]] = Node(value);
    }

    private static JsonObject Copy(object? value) => Node(value) as JsonObject ?? [];

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), AIJsonUtilities.DefaultOptions),
    };
}
