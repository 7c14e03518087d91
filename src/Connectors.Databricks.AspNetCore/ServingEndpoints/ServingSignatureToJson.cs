using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>Writes the signature of the first served model: all served models of an endpoint usually have the same.</summary>
internal static class ServingSignatureToJson
{
    public static void Write(Utf8JsonWriter writer, EndpointSignature signature)
    {
        var served = signature.Paths[0];
        writer.WriteStartObject("signature"u8);
        writer.WriteStartArray("inputFormats"u8);
        foreach (var form in served.InputForms)
        {
            writer.WriteStringValue(form);
        }

        writer.WriteEndArray();
        WriteColumns(writer, "inputs", served.Inputs);
        WriteColumns(writer, "parameters", served.Parameters);
        WriteColumns(writer, "outputs", served.Outputs);
        if (served.Example is { } example)
        {
            writer.WritePropertyName("example"u8);
            example.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteColumns(Utf8JsonWriter writer, string name, IReadOnlyList<SignatureColumn> columns)
    {
        writer.WriteStartArray(name);
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            WriteMembers(writer, column);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter writer, SignatureColumn column)
    {
        if (column.Name is { } name)
        {
            writer.WriteString("name"u8, name);
        }

        writer.WriteString("type"u8, column.Type);
        if (column.Format is { } format)
        {
            writer.WriteString("format"u8, format);
        }

        if (column.IsRequired is { } isRequired)
        {
            writer.WriteBoolean("isRequired"u8, isRequired);
        }

        if (column.Items is { } items)
        {
            writer.WriteStartObject("items"u8);
            WriteMembers(writer, items);
            writer.WriteEndObject();
        }
    }
}
