using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary>
/// A function for models. Invalid arguments and errors of the service are returned in the result: function-calling clients do not forward
/// exception messages to the model.
/// </summary>
internal abstract class EndpointTool(string name, string description, string parameters, ToolContext context) : AIFunction
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string Name { get; } = name;

    public override string Description { get; } = description;

    public override JsonElement JsonSchema { get; } = ToolJson.Parse(parameters);

    protected ToolContext Context { get; } = context;

    // Every result is written here, so that none contains a secret or exceeds the maximum length.
    protected sealed override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments,
        CancellationToken cancellationToken) =>
        CappedJson.Fit(
            RedactedJson.From(
                await ResultAsync(new ToolArguments(arguments, JsonSchema), cancellationToken).ConfigureAwait(false), Context.Redaction),
            Context.MaxResultLength);

    private async Task<JsonElement> ResultAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (
            exception is ToolInputException or DatabricksServingException or DatabricksCredentialException
                or ArgumentException or InvalidOperationException)
        {
            return Error(exception.Message);
        }
    }

    protected abstract Task<JsonElement> RunAsync(ToolArguments arguments, CancellationToken cancellationToken);

    protected static JsonElement Error(string message) => Write(writer => writer.WriteString("error"u8, message));

    /// <summary>Makes an object out of what is written into it.</summary>
    protected static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return ToolJson.Parse(buffer.WrittenMemory);
    }
}
