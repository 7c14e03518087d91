using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.ModelHub.Endpoints;

/// <summary>Writes the signature of a model: its columns and formats.</summary>
internal static class SignatureToJson
{
    public static void Write(Utf8JsonWriter writer, EndpointSignature signature)
    {
        var served = signature.Paths.Count > 0 ? signature.Paths[0] : null;
        writer.WriteStartObject();
        WriteColumns(writer, "inputs"u8, served?.Inputs ?? []);
        WriteColumns(writer, "parameters"u8, served?.Parameters ?? []);
        WriteColumns(writer, "outputs"u8, served?.Outputs ?? []);
        JsonMembers.List(writer, "formats"u8, served?.InputForms ?? []);
        writer.WriteEndObject();
    }

    private static void WriteColumns(Utf8JsonWriter writer, ReadOnlySpan<byte> member, IReadOnlyList<SignatureColumn> columns)
    {
        writer.WriteStartArray(member);
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            JsonMembers.Text(writer, "name"u8, column.Name);
            JsonMembers.Text(writer, "type"u8, column.Items is { } items ? $"{column.Type} of {items.Type}" : column.Type);
            JsonMembers.Text(writer, "format"u8, column.Format);
            JsonMembers.Flag(writer, "isRequired"u8, column.IsRequired);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
