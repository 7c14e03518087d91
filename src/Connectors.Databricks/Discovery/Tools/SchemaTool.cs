using System.Text.Json;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary><c>get_endpoint_schema</c>: the columns of a model.</summary>
internal sealed class SchemaTool(EndpointDirectory directory, ToolContext context) : EndpointTool(
    "get_endpoint_schema",
    "Gets the input and output of the model of an endpoint: input formats, columns with their types, parameters, outputs. For custom and " +
    "classic machine learning models with a logged signature; chat and embedding endpoints need no schema.",
    """{"type":"object","properties":{"name":{"type":"string","description":"The exact name of the endpoint"}},"required":["name"]}""",
    context)
{
    protected override async Task<JsonElement> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var signature = await directory.GetSignatureAsync(arguments.EndpointName(), cancellationToken).ConfigureAwait(false);
        return Write(writer => BoundedList.Write(writer, "signatures"u8, signature.Paths, int.MaxValue, WritePath));
    }

    private static void WritePath(Utf8JsonWriter writer, ServedSignature path)
    {
        if (path.ServedEntityName is { } served)
        {
            writer.WriteString("served_entity"u8, served);
        }

        writer.WriteStartArray("input_forms"u8);
        foreach (var form in path.InputForms)
        {
            writer.WriteStringValue(form);
        }

        writer.WriteEndArray();
        WriteColumns(writer, "inputs"u8, path.Inputs);
        WriteColumns(writer, "parameters"u8, path.Parameters);
        WriteColumns(writer, "outputs"u8, path.Outputs);
        if (path.Example is { } example && IsText(example))
        {
            writer.WritePropertyName("example"u8);
            example.WriteTo(writer);
        }
    }

    // An example that escapes half of a surrogate pair must not cost the model the schema.
    private static bool IsText(JsonElement example)
    {
        using var nowhere = new Utf8JsonWriter(Stream.Null);
        try
        {
            example.WriteTo(nowhere);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void WriteColumns(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<SignatureColumn> columns)
    {
        if (columns.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var column in columns)
        {
            writer.WriteStringValue(column.IsRequired is false ? $"{column} (optional)" : column.ToString());
        }

        writer.WriteEndArray();
    }
}
