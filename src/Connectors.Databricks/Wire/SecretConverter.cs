using System.Text.Json;
using System.Text.Json.Serialization;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Wire;

/// <summary>Writes a mask for a secret; deserialization is not supported.</summary>
internal sealed class SecretConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"{typeof(T).Name} holds a secret and is not read from JSON.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Redaction.Mask);
}
