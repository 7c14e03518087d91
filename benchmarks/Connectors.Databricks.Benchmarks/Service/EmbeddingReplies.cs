using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Connectors.Databricks.Benchmarks.Service;

/// <summary>The inputs of the embedding benchmarks, and the response body.</summary>
internal static class EmbeddingReplies
{
    public const int Count = 100;
    public const int Dimensions = 1024;

    public static string[] Inputs(int count) =>
        [.. Enumerable.Range(0, count).Select(i => $"The {i}. of some short texts about bridges and the weather.")];

    public static byte[] Document(EmbeddingFormat format)
    {
        var random = new Random(20261121);
        var text = new StringBuilder("{\"object\":\"list\",\"model\":\"gte-large-en-v1.5\",\"data\":[");
        for (var i = 0; i < Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{{\"object\":\"embedding\",\"index\":{i},\"embedding\":");
            Append(text, Vector(random), format);
            text.Append('}');
        }

        return Encoding.UTF8.GetBytes(text.Append("],\"usage\":{\"prompt_tokens\":1100,\"total_tokens\":1100}}").ToString());
    }

    // About as long as the numbers of a normalized vector.
    private static float[] Vector(Random random)
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)((random.NextDouble() - 0.5) * 0.1);
        }

        return vector;
    }

    private static void Append(StringBuilder text, float[] vector, EmbeddingFormat format)
    {
        if (format == EmbeddingFormat.Base64)
        {
            text.Append('"').Append(Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan()))).Append('"');
            return;
        }

        text.Append('[');
        for (var i = 0; i < vector.Length; i++)
        {
            var number = format == EmbeddingFormat.Numbers
                ? ((double)vector[i]).ToString("R", CultureInfo.InvariantCulture)
                : vector[i].ToString("R", CultureInfo.InvariantCulture);
            text.Append(i > 0 ? "," : "").Append(number);
        }

        text.Append(']');
    }
}
