using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>Writes a document for the workspace API into a body.</summary>
internal static class WorkspaceBody
{
    public static RequestBody Of<T>(T document, JsonTypeInfo<T> contract)
    {
        var buffer = new SegmentedBuffer();
        using var writer = JsonWriting.CreateWriter(buffer);
        JsonSerializer.Serialize(writer, document, contract);
        writer.Flush();
        return new RequestBody(buffer);
    }
}
