using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound;

/// <summary>Writes the request document of the chat task: messages, options, and what the caller adds in JSON.</summary>
internal static class ChatRequestToWire
{
    public static RequestBody Write(ChatRequest request, DatabricksServingOptions settings)
    {
        var options = request.Options;
        using var body = new RequestDocument(request.Base, settings.SerializerOptions, nameof(ChatOptions));
        try
        {
            var writer = body.Writer;
            writer.WriteStartObject();
            body.Begins("messages");
            ChatMessagesToWire.Write(writer, request.Messages, options?.Instructions, settings.SerializerOptions);
            if (options is not null)
            {
                var reasoning = ReasoningPlan.For(request.EndpointName, options, body);
                SamplingToWire.Write(body, options, reasoning.MaxTokens);
                reasoning.Write(body);
                ToolsToWire.Write(body, options);
                ResponseFormatToWire.Write(body, options);
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

    private static void WriteStream(RequestDocument body, ChatRequest request)
    {
        if (!request.IsStream)
        {
            return;
        }

        body.Begins("stream");
        body.Writer.WriteBooleanValue(true);

        if (request.AsksForUsage && body.Begins("stream_options"))
        {
            body.Writer.WriteStartObject();
            body.Writer.WriteBoolean("include_usage", true);
            body.Writer.WriteEndObject();
        }
    }

    private static void WriteAdditional(RequestDocument body, ChatOptions? options)
    {
        if (options?.AdditionalProperties is { Count: > 0 } additional)
        {
            foreach (var (name, value) in additional)
            {
                // "strict" is a wish about schemas, which the mappers of tools and response formats have read.
                if (!string.Equals(name, DatabricksPropertyNames.Strict, StringComparison.OrdinalIgnoreCase) && name is not "stream")
                {
                    body.WriteAdditional(name, value);
                }
            }
        }
    }
}
