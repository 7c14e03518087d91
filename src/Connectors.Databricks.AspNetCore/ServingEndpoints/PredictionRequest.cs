using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>One input, as the client sent it.</summary>
/// <param name="Form">The input format, such as <c>dataframe_split</c>.</param>
/// <param name="Input">The rows or tensors.</param>
/// <param name="Parameters">The inference parameters.</param>
/// <param name="Path">The path of the request in the body; empty for the body itself.</param>
internal sealed record PredictionRequest(string Form, JsonElement Input, JsonElement? Parameters, string Path)
{
    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
