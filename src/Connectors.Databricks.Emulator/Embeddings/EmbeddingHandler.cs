using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Embeddings;

/// <summary>Handles embedding requests (§7.2).</summary>
internal sealed class EmbeddingHandler(DatabricksEmulatorOptions options)
{
    /// <summary>
    /// GTE's vectors are not normalized: their length is about 24 (public captures). Unconfirmed: that it depends on the text.
    /// </summary>
    private const double UsualLength = 21;

    public ServerResponse Answer(ServingEndpoint endpoint, EmbeddingCapabilities facts, JsonObject body)
    {
        var request = new EmbeddingRequest(body);
        var refusal = endpoint.AcceptsEverything ? null : EmbeddingRules.FirstViolation(request, facts, options);
        var turn = endpoint.ResponseQueue.Take(refusal is null);
        return turn switch
        {
            null => ServerResponse.Error(400, "BAD_REQUEST", refusal!),
            AutomaticResponse or ScriptedAnswer => new BodyResponse(200, "application/json", Write(request, facts)),
            _ => FixedResponses.Create(turn, new ChatRequest(body), options.TimeProvider.GetUtcNow()),
        } with
        { Modifiers = turn?.Modifiers ?? new() };
    }

    private byte[] Write(EmbeddingRequest request, EmbeddingCapabilities facts)
    {
        var inputs = request.Inputs ?? [];
        var isBase64 = request.WantsBase64 && options.Quirks.EncodingFormat == EmulatedEncodingFormat.Honored;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("object", "list");
            writer.WriteString("model", facts.Upstream);
            writer.WriteStartArray("data");
            for (var index = 0; index < inputs.Count; index++)
            {
                writer.WriteStartObject();
                writer.WriteString("object", "embedding");
                writer.WriteNumber("index", index);
                writer.WritePropertyName("embedding");
                WriteVector(writer, Vector(inputs[index], request, facts), isBase64);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            var tokens = inputs.Sum(Tokenizer.Count);
            writer.WriteStartObject("usage");
            writer.WriteNumber("prompt_tokens", tokens);
            writer.WriteNumber("total_tokens", tokens);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static float[] Vector(string text, EmbeddingRequest request, EmbeddingCapabilities facts)
    {
        var direction = HashedVector.Direction(text, request.Instruction, facts.Dimensions);
        var dimensions = facts.AcceptsDimensions ? request.Dimensions ?? facts.Dimensions : facts.Dimensions;

        // A shortened vector is a prefix of the full one, scaled to the same length.
        var length = facts.IsNormalized ? 1 : UsualLength + Math.Log2(1 + text.Length);
        return HashedVector.Scaled(direction.AsSpan(0, dimensions), length);
    }

    private static void WriteVector(Utf8JsonWriter writer, float[] vector, bool isBase64)
    {
        if (isBase64)
        {
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes(vector.AsSpan()));
            return;
        }

        writer.WriteStartArray();
        foreach (var value in vector)
        {
            // Unconfirmed: the digits. A server in Python widens to 64 bits, and then writes up to 17 of them.
            writer.WriteNumberValue((double)value);
        }

        writer.WriteEndArray();
    }
}
