using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints.Outbound;

/// <summary>Writes a management document into a body.</summary>
internal static class ManagementBody
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
