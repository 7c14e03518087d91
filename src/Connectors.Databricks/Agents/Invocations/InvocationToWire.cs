using Connectors.Databricks.Chat.Completions.Outbound;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Chat.Shaping;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents.Invocations;

/// <summary>
/// Writes the request of a run: id, session and mode, and as its input the messages in the format of chat completions, and JSON of the
/// caller. Options are those of a model, which the agent decides, so they are left out and reported.
/// </summary>
internal static class InvocationToWire
{
    public static RequestBody Write(AgentRequest request, DatabricksServingOptions settings)
    {
        var chat = request.Chat;
        using var body = new RequestDocument(chat.Base, settings.SerializerOptions, nameof(ChatOptions));
        try
        {
            var writer = body.Writer;
            writer.WriteStartObject();
            writer.WriteString("id"u8, request.RunId);
            writer.WriteString("session_id"u8, request.Session);
            writer.WriteStartObject("input"u8);
            body.Begins("messages");
            ChatMessagesToWire.Write(writer, chat, ShapedMessages.Of(chat), settings.SerializerOptions);
            body.WriteRestOfBase();
            WriteAdditional(body, chat.Options);
            writer.WriteEndObject();
            writer.WriteBoolean("stream"u8, request.IsStream);
            writer.WriteBoolean("background"u8, request.IsBackground);
            writer.WriteEndObject();
            writer.Flush();
            NoteOptions(chat);
            return new RequestBody(body.Buffer);
        }
        catch
        {
            body.Buffer.Dispose();
            throw;
        }
    }

    private static void WriteAdditional(RequestDocument body, ChatOptions? options)
    {
        foreach (var (name, value) in options?.AdditionalProperties ?? [])
        {
            if (!RequestOptionNames.IsOption(name))
            {
                body.WriteAdditional(name, value);
            }
        }
    }

    private static void NoteOptions(ChatRequest chat)
    {
        if (chat.Options is not { } options)
        {
            return;
        }

        Note("tools", options.Tools is { Count: > 0 });
        Note("response_format", options.ResponseFormat is not null and not ChatResponseFormatText);
        Note("reasoning", options.Reasoning is not null);
        Note("max_output_tokens", options.MaxOutputTokens is not null);
        Note("temperature", options.Temperature is not null);
        Note("top_p", options.TopP is not null);
        Note("top_k", options.TopK is not null);
        Note("seed", options.Seed is not null);
        Note("stop", options.StopSequences is { Count: > 0 });
        Note("frequency_penalty", options.FrequencyPenalty is not null);
        Note("presence_penalty", options.PresencePenalty is not null);

        void Note(string name, bool isSet)
        {
            if (isSet)
            {
                chat.Note(name, "left out", "the Invocation API has no options of models", affectsAnswer: true);
            }
        }
    }
}
