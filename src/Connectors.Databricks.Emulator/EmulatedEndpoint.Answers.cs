using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator;

public sealed partial class EmulatedEndpoint
{
    /// <summary>Answers with a text, written in the endpoint's dialect.</summary>
    /// <param name="text">The text; null writes none.</param>
    /// <param name="reasoning">Reasoning before the text. Claude may be given "" with a signature, as when it omits its thoughts.</param>
    /// <param name="signature">The signature of the reasoning; Claude makes one when this is null.</param>
    /// <param name="finishReason">The finish reason, of any spelling; null means the usual one.</param>
    /// <param name="usage">The counts to report; null counts for itself.</param>
    /// <param name="encryptedReasoning">The data of a <c>summary_encrypted_text</c>, for dialects that write parts.</param>
    /// <returns>This endpoint.</returns>
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

    /// <summary>Answers 200 with exactly this document, even to a request that asked for a stream.</summary>
    /// <param name="body">The document; changes to it afterwards have no effect.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint Replies(JsonNode body) => Queue(new FixedBody(ServerResponse.Json(200, body)));

    /// <summary>Answers with exactly this body, even to a request that asked for a stream.</summary>
    /// <param name="body">The body.</param>
    /// <param name="status">The status.</param>
    /// <param name="contentType">The content type.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint RepliesRaw(string body, int status = 200, string contentType = "application/json") =>
        Queue(new FixedBody(new BodyResponse(status, contentType, Encoding.UTF8.GetBytes(body))));

    /// <summary>Streams exactly these texts, each in a write of its own; line breaks between events are part of them.</summary>
    /// <param name="frames">The texts, such as <c>"data: {…}\n\n"</c>.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint StreamsRaw(params string[] frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return Queue(new FixedStream([.. frames.Select(Encoding.UTF8.GetBytes)]));
    }

    /// <summary>
    /// Streams exactly these bytes, cut into writes: the way to split a letter between two reads. Writes may still meet in
    /// one read; <see cref="GoesSilentFor"/> keeps them apart for certain, each write being one event.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="chunkSizes">The size of each write; the last size repeats, and none means one write.</param>
    /// <returns>This endpoint.</returns>
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

    /// <summary>Calls one tool.</summary>
    /// <param name="name">The tool.</param>
    /// <param name="argumentsJson">Its arguments, a JSON document; it is sent as it is, valid or not.</param>
    /// <param name="text">Text beside the call.</param>
    /// <param name="reasoning">Reasoning before the call.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint CallsTool(string name, string argumentsJson = "{}", string? text = null, string? reasoning = null) =>
        Queue(new ScriptedAnswer(new ChatAnswer { Text = text, Reasoning = reasoning, Calls = [new ToolCall(name, argumentsJson)] }, null));

    /// <summary>Calls several tools in one turn.</summary>
    /// <param name="calls">The tools with their arguments.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint CallsTools(params (string Name, string ArgumentsJson)[] calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ToolCall[] made = [.. calls.Select(call => new ToolCall(call.Name, call.ArgumentsJson))];
        return Queue(new ScriptedAnswer(new ChatAnswer { Calls = made }, null));
    }

    /// <summary>Declines to answer: OpenAI says so in <c>refusal</c>, the others in their text.</summary>
    /// <param name="text">The words of the refusal.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint Refuses(string text) => Queue(new ScriptedAnswer(new ChatAnswer { Refusal = text }, null));

    /// <summary>Answers by itself once: a place in the queue for decorations, or between scripted answers.</summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint AnswersByItself() => Queue(new AutomaticResponse());
}
