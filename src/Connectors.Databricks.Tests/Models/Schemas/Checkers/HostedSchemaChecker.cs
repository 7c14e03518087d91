using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Models.Schemas.Checkers;

/// <summary>
/// Checks a schema against the limits that Databricks documents for the models it hosts (serving reference §3.5;
/// https://docs.databricks.com/aws/en/machine-learning/model-serving/function-calling). The number of keys is not limited in practice.
/// </summary>
internal static class HostedSchemaChecker
{
    private static readonly string[] Unsupported = ["pattern", "anyOf", "oneOf", "allOf", "prefixItems", "$ref"];

    private static readonly string[] Data = ["enum", "const", "default", "examples"];

    private static readonly string[] Maps = ["properties", "patternProperties", "dependentSchemas"];

    /// <summary>The parameters of a tool are an object.</summary>
    public static List<string> Parameters(JsonNode parameters) =>
        [.. Problems(parameters), .. parameters["type"] is JsonValue type && (string?)type == "object" ? (string[])[] : ["no object"]];

    public static List<string> Problems(JsonNode? node, string path = "#")
    {
        var problems = new List<string>();
        if (node is JsonArray list)
        {
            return [.. list.SelectMany(item => Problems(item, path))];
        }

        foreach (var (keyword, value) in node as JsonObject ?? [])
        {
            if (Unsupported.Contains(keyword))
            {
                problems.Add($"the \"{keyword}\" keyword is not supported at {path}");
            }
            else if (keyword == "type" && value is JsonArray types &&
                (types.Count > 2 || types.Count(type => (string?)type != "null") != 1))
            {
                problems.Add($"a list of types at {path}");
            }
            else if (Maps.Contains(keyword) && value is JsonObject map)
            {
                problems.AddRange(map.SelectMany(member => Problems(member.Value, $"{path}/{keyword}/{member.Key}")));
            }
            else if (!Data.Contains(keyword))
            {
                problems.AddRange(Problems(value, $"{path}/{keyword}"));
            }
        }

        return problems;
    }
}
