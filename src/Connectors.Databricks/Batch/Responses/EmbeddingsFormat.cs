using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Responses;

/// <summary>
/// Embeddings, their token counts and properties. A vector is base64 of little-endian 32-bit floats, which is exact and half as long as
/// numbers.
/// </summary>
internal sealed class EmbeddingsFormat : ResponseFormat<GeneratedEmbeddings<Embedding<float>>>
{
    private static readonly JsonTypeInfo<AdditionalPropertiesDictionary> Properties =
        ResponseJson.Contract<AdditionalPropertiesDictionary>();

    public override string Kind => "embeddings";

    public override UsageDetails? UsageOf(GeneratedEmbeddings<Embedding<float>> response) => response.Usage;

    public override void Write(Utf8JsonWriter writer, GeneratedEmbeddings<Embedding<float>> response)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("embeddings"u8);
        foreach (var embedding in response)
        {
            Write(writer, embedding);
        }

        writer.WriteEndArray();
        if (response.Usage is { } usage)
        {
            writer.WritePropertyName("usage"u8);
            SavedUsage.Write(writer, usage);
        }

        WriteProperties(writer, response.AdditionalProperties);
        writer.WriteEndObject();
    }

    public override GeneratedEmbeddings<Embedding<float>> Read(ref Utf8JsonReader reader)
    {
        ResponseJson.RequireObject(ref reader);
        var response = new GeneratedEmbeddings<Embedding<float>>();
        while (reader.NextProperty())
        {
            if (reader.Is("embeddings"u8))
            {
                reader.Read();
                while (reader.NextIsItem())
                {
                    response.Add(ReadOne(ref reader));
                }
            }
            else if (reader.Is("usage"u8))
            {
                reader.Read();
                response.Usage = SavedUsage.Read(ref reader);
            }
            else if (reader.Is("additionalProperties"u8))
            {
                response.AdditionalProperties = ReadProperties(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return response;
    }

    private static void Write(Utf8JsonWriter writer, Embedding<float> embedding)
    {
        writer.WriteStartObject();
        writer.WriteBase64String("vector"u8, Bytes(embedding.Vector));
        if (embedding.ModelId is { } model)
        {
            writer.WriteString("modelId"u8, model);
        }

        if (embedding.CreatedAt is { } created)
        {
            writer.WriteString("createdAt"u8, created);
        }

        WriteProperties(writer, embedding.AdditionalProperties);
        writer.WriteEndObject();
    }

    private static Embedding<float> ReadOne(ref Utf8JsonReader reader)
    {
        ResponseJson.RequireObject(ref reader);
        var embedding = new Embedding<float>(ReadOnlyMemory<float>.Empty);
        while (reader.NextProperty())
        {
            if (reader.Is("vector"u8))
            {
                reader.Read();
                embedding.Vector = Floats(reader.GetBytesFromBase64());
            }
            else if (reader.Is("modelId"u8))
            {
                reader.Read();
                embedding.ModelId = reader.GetString();
            }
            else if (reader.Is("createdAt"u8))
            {
                reader.Read();
                embedding.CreatedAt = reader.GetDateTimeOffset();
            }
            else if (reader.Is("additionalProperties"u8))
            {
                embedding.AdditionalProperties = ReadProperties(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return embedding;
    }

    private static void WriteProperties(Utf8JsonWriter writer, AdditionalPropertiesDictionary? properties)
    {
        if (properties is not null)
        {
            writer.WritePropertyName("additionalProperties"u8);
            JsonSerializer.Serialize(writer, properties, Properties);
        }
    }

    private static AdditionalPropertiesDictionary? ReadProperties(ref Utf8JsonReader reader)
    {
        reader.Read();
        var properties = JsonSerializer.Deserialize(ref reader, Properties);
        SavedProperties.Restore(properties);
        return properties;
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlyMemory<float> vector) =>
        BitConverter.IsLittleEndian ? MemoryMarshal.AsBytes(vector.Span) : Reversed(MemoryMarshal.AsBytes(vector.Span).ToArray());

    private static float[] Floats(byte[] bytes) =>
        MemoryMarshal.Cast<byte, float>(BitConverter.IsLittleEndian ? bytes : Reversed(bytes)).ToArray();

    private static byte[] Reversed(byte[] bytes)
    {
        var words = MemoryMarshal.Cast<byte, int>(bytes.AsSpan());
        BinaryPrimitives.ReverseEndianness(words, words);
        return bytes;
    }
}
