using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>Writes the request document of the Responses API: input items, options, and JSON of the caller.</summary>
internal static class ResponsesRequestToWire
{
    /// <param name="request">The request.</param>
    /// <param name="messages">The messages of the request, adapted to the model.</param>
    /// <param name="settings">The options of the client.</param>
    public static RequestBody Write(ChatRequest request, IReadOnlyList<ChatMessage> messages, DatabricksServingOptions settings)
    {
        var options = request.Options;
        using var body = new RequestDocument(request.Base, settings.SerializerOptions, nameof(ChatOptions));
        try
        {
            var writer = body.Writer;
            writer.WriteStartObject();
            WriteModel(body, request);
            ChatParameters.LeaveOut(body, request);
            InstructionsToWire.Write(body, request, messages);
            body.Begins("input");
            InputToWire.Write(writer, request, messages, settings.SerializerOptions);
            OptionsToWire.Write(body, request, messages, options);
            if (request.IsStream)
            {
                body.Begins("stream");
                writer.WriteBooleanValue(true);
            }

            body.WriteRestOfBase();
            WriteAdditional(body, options);
            writer.WriteEndObject();
            writer.Flush();
            return new RequestBody(body.Buffer);
        }
        catch
        {
            body.Buffer.Dispose();
            throw;
        }
    }

    // Every path of the API takes the model in the body.
    private static void WriteModel(RequestDocument body, ChatRequest request)
    {
        request.NoteRoute();
        if (!body.Begins("model"))
        {
            throw OptionExceptions.Invalid(
                "The base document from ChatOptions.RawRepresentationFactory sets \"model\", which the name of the endpoint decides. Use " +
                "ChatOptions.ModelId to call another one.");
        }

        body.Writer.WriteStringValue(request.Route.Target);
    }

    private static void WriteAdditional(RequestDocument body, ChatOptions? options)
    {
        if (options?.AdditionalProperties is not { Count: > 0 } additional)
        {
            return;
        }

        foreach (var (name, value) in additional)
        {
            if (!RequestOptionNames.IsOption(name))
            {
                body.WriteAdditional(name, value);
            }
        }
    }
}
