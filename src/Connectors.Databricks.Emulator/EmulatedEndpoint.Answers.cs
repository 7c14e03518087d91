using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator;

public sealed partial class EmulatedEndpoint
{
    /// <summary>Queues a text response, written in the format of the model family.</summary>
    /// <param name="text">The text; null omits it.</param>
    /// <param name="reasoning">The reasoning before the text. For Claude, "" with a signature emulates omitted thinking.</param>
    /// <param name="signature">The signature of the reasoning; null generates one for Claude.</param>
    /// <param name="finishReason">The finish reason; null uses the default.</param>
    /// <param name="usage">The reported token counts; null computes them.</param>
    /// <param name="encryptedReasoning">The data of a <c>summary_encrypted_text</c>, for families that write content parts.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint Replies(
        string? text,
        string? reasoning = null,
        string? signature = null,
        string? finishReason = null,
        EmulatedUsage? usage = null,
        string? encryptedReasoning = null) =>
        Queue(new ScriptedAnswer(
            new ChatAnswer
            {
                Text = text,
                Reasoning = reasoning,
                Signature = signature,
                FinishReason = finishReason,
                EncryptedReasoning = encryptedReasoning,
            },
            usage));

    /// <summary>Queues a 200 response with this document, even for streaming requests.</summary>
    /// <param name="body">The document; later changes have no effect.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint Replies(JsonNode body) => Queue(new FixedBody(ServerResponse.Json(200, body)));

    /// <summary>Queues a response with this body, even for streaming requests.</summary>
    /// <param name="body">The body.</param>
    /// <param name="status">The status.</param>
    /// <param name="contentType">The content type.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint RepliesRaw(string body, int status = 200, string contentType = "application/json") =>
        Queue(new FixedBody(new BodyResponse(status, contentType, Encoding.UTF8.GetBytes(body))));

    /// <summary>Queues a stream of these texts, each in a separate write, including the line breaks between events.</summary>
    /// <param name="frames">The texts, such as <c>"data: {…}\n\n"</c>.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint StreamsRaw(params string[] frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return Queue(new FixedStream([.. frames.Select(Encoding.UTF8.GetBytes)]));
    }

    /// <summary>
    /// Queues a stream of these bytes, split into writes, for example within a UTF-8 character. Writes can be merged on the network; <see
    /// cref="GoesSilentFor"/> separates them reliably, as each write counts as one event.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="chunkSizes">The size of each write. The last size repeats; without sizes there is one write.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint StreamsRaw(byte[] bytes, params int[] chunkSizes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(chunkSizes);
        List<byte[]> writes = [];
        for (var start = 0; start < bytes.Length;)
        {
            var size = chunkSizes.Length == 0 ? bytes.Length : chunkSizes[Math.Min(writes.Count, chunkSizes.Length - 1)];
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(chunkSizes));
            var write = bytes[start..Math.Min(start + size, bytes.Length)];
            writes.Add(write);
            start += write.Length;
        }

        return Queue(new FixedStream(writes));
    }

    /// <summary>Queues a response with one tool call.</summary>
    /// <param name="name">The name of the tool.</param>
    /// <param name="argumentsJson">The arguments as JSON; sent unchanged, even if invalid.</param>
    /// <param name="text">The text of the response.</param>
    /// <param name="reasoning">The reasoning of the response.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint CallsTool(string name, string argumentsJson = "{}", string? text = null, string? reasoning = null) =>
        Queue(new ScriptedAnswer(new ChatAnswer { Text = text, Reasoning = reasoning, Calls = [new ToolCall(name, argumentsJson)] }, null));

    /// <summary>Queues a response with several tool calls.</summary>
    /// <param name="calls">The names of the tools with their arguments.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint CallsTools(params (string Name, string ArgumentsJson)[] calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ToolCall[] made = [.. calls.Select(call => new ToolCall(call.Name, call.ArgumentsJson))];
        return Queue(new ScriptedAnswer(new ChatAnswer { Calls = made }, null));
    }

    /// <summary>Queues a refusal: OpenAI models send it in <c>refusal</c>, other families as text.</summary>
    /// <param name="text">The text of the refusal.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint Refuses(string text) => Queue(new ScriptedAnswer(new ChatAnswer { Refusal = text }, null));

    /// <summary>Queues an automatic response, for example to modify it or to place it between scripted responses.</summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint AnswersByItself() => Queue(new AutomaticResponse());
}
