using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Embeddings;

/// <summary>Writes vectors as the list of OpenAI: as numbers, or as base64 of little-endian singles.</summary>
internal sealed record EmbeddingsToJson(GeneratedEmbeddings<Embedding<float>> Embeddings, EmbeddingsRequest Request)
{
    public static void Write(Utf8JsonWriter writer, EmbeddingsToJson list) => list.Write(writer);

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        for (var i = 0; i < Embeddings.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("object"u8, "embedding"u8);
            writer.WriteNumber("index"u8, i);
            writer.WritePropertyName("embedding"u8);
            WriteVector(writer, Embeddings[i].Vector.Span);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("model"u8, Request.Model);
        var tokens = Embeddings.Usage?.InputTokenCount ?? 0;
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("prompt_tokens"u8, tokens);
        writer.WriteNumber("total_tokens"u8, Embeddings.Usage?.TotalTokenCount ?? tokens);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteVector(Utf8JsonWriter writer, ReadOnlySpan<float> vector)
    {
        if (Request.IsBase64)
        {
            writer.WriteBase64StringValue(BitConverter.IsLittleEndian ? MemoryMarshal.AsBytes(vector) : LittleEndian(vector));
            return;
        }

        writer.WriteStartArray();
        foreach (var number in vector)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private static byte[] LittleEndian(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return bytes;
    }
}
