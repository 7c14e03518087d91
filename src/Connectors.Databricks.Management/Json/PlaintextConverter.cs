using System.Text.Json;
using System.Text.Json.Serialization;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Management.Json;

/// <summary>
/// Writes the plaintext of a secret into requests of this connector only; any other serializer writes a mask.
/// </summary>
internal sealed class PlaintextConverter : JsonConverter<string>
{
    // The service never returns it.
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(options.TypeInfoResolver is IManagementContracts ? value : Redaction.Mask);
}
