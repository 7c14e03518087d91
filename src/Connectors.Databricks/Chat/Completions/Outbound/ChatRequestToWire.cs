using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>Writes the request document of the chat task: messages, options, and JSON of the caller.</summary>
internal static class ChatRequestToWire
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
            body.Begins(ChatFields.Messages);
            ChatMessagesToWire.Write(writer, request, messages, settings.SerializerOptions);
            if ((options ?? DefaultsFor(request)) is { } effective)
            {
                var limit = OutputLimit.Of(body, request, effective);
                var reasoning = ReasoningPlan.For(request, messages, effective, body, limit);
                var facts = new OptionFacts(request, messages, reasoning.AsksToThink);
                SamplingToWire.Write(body, facts, effective);
                limit.Write(body, request, effective, reasoning.MaxTokens);
                SamplingToWire.WritePenalties(body, facts, effective);
                reasoning.Write(body);
                ToolsToWire.Write(body, request, effective);
                ResponseFormatToWire.Write(body, request, effective);
            }

            WriteStream(body, request);
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

    // On Unity Gateway the model is in the body, and nothing else may take its place.
    private static void WriteModel(RequestDocument body, ChatRequest request)
    {
        request.NoteRoute();
        if (request.Route.BodyModel is not { } model)
        {
            return;
        }

        if (!body.Begins(ChatFields.Model))
        {
            throw OptionExceptions.Invalid(
                "The base document from ChatOptions.RawRepresentationFactory sets \"model\", which the name of the endpoint decides. Use " +
                "ChatOptions.ModelId to call another one.");
        }

        body.Writer.WriteStringValue(model);
    }

    // Some models require an output limit or a placeholder tool even when the caller sets no options.
    private static ChatOptions? DefaultsFor(ChatRequest request) =>
        request.Model.DefaultMaxOutputTokens is null && !request.DeclaresPlaceholderTool ? null : new ChatOptions();

    private static void WriteStream(RequestDocument body, ChatRequest request)
    {
        if (!request.IsStream)
        {
            return;
        }

        body.Begins(ChatFields.Stream);
        body.Writer.WriteBooleanValue(true);

        if (request.AsksForUsage && body.Begins(ChatFields.StreamOptions))
        {
            body.Writer.WriteStartObject();
            body.Writer.WriteBoolean(ChatFields.IncludeUsage, true);
            body.Writer.WriteEndObject();
        }
    }

    private static void WriteAdditional(RequestDocument body, ChatOptions? options)
    {
        if (options?.AdditionalProperties is { Count: > 0 } additional)
        {
            foreach (var (name, value) in additional)
            {
                if (!RequestOptionNames.IsOption(name))
                {
                    body.WriteAdditional(name, value);
                }
            }
        }
    }
}
