using System.Text.Json;

namespace Connectors.Databricks.Endpoints.Tools;

/// <summary>Makes elements that nobody has to dispose of.</summary>
internal static class ToolJson
{
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
