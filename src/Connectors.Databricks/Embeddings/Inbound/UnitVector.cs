namespace Connectors.Databricks.Embeddings.Inbound;

/// <summary>Normalizes vectors.</summary>
internal static class UnitVector
{
    /// <summary>Divides a vector by its length, in place. A vector without a direction is left as it is.</summary>
    public static void Normalize(Span<float> vector)
    {
        // In double precision: the squares of long vectors overflow a float.
        var sum = 0.0;
        foreach (var number in vector)
        {
            sum += (double)number * number;
        }

        var length = Math.Sqrt(sum);
        if (length == 0 || !double.IsFinite(length))
        {
            return;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)(vector[i] / length);
        }
    }
}
