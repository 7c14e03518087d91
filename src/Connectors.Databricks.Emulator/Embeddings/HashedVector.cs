using Connectors.Databricks.Emulator.Answers;

namespace Connectors.Databricks.Emulator.Embeddings;

/// <summary>
/// Computes a vector from a text with feature hashing: each word, word pair and letter triple adds weight to positions selected by its
/// hash, so that texts with common words are similar, on every machine.
/// </summary>
internal static class HashedVector
{
    private const int PlacesOfFeature = 24;
    private const double WordWeight = 1.0;
    private const double PairWeight = 0.5;
    private const double TripleWeight = 0.15;

    /// <summary>The weight of an instruction, which is higher for a real model.</summary>
    private const double InstructionWeight = 0.1;

    /// <summary>The weight of noise that is unique to a text, because real vectors contain no zeros.</summary>
    private const double OwnWeight = 0.03;

    public static double[] Direction(string text, string? instruction, int dimensions)
    {
        var vector = new double[dimensions];
        Add(vector, text, 1);
        if (instruction is not null)
        {
            Add(vector, instruction, InstructionWeight);
        }

        AddNoise(vector, Hash('=', text));
        return vector;
    }

    /// <summary>Scales a vector to a length.</summary>
    public static float[] Scaled(ReadOnlySpan<double> vector, double length)
    {
        double squares = 0;
        foreach (var value in vector)
        {
            squares += value * value;
        }

        var factor = squares == 0 ? 0 : length / Math.Sqrt(squares);
        var scaled = new float[vector.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (float)(vector[i] * factor);
        }

        return scaled;
    }

    private static void Add(double[] vector, string text, double weight)
    {
        var last = "";
        foreach (var word in Keywords.Extract(text).Order(StringComparer.Ordinal))
        {
            Throw(vector, Hash('w', word), weight * WordWeight);
            var framed = $" {word} ";
            for (var i = 0; i + 3 <= framed.Length; i++)
            {
                Throw(vector, Hash('t', framed.AsSpan(i, 3)), weight * TripleWeight);
            }
        }

        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var plain = word.Trim('.', ',', ';', ':', '!', '?', '"', '(', ')').ToLowerInvariant();
            if (last.Length > 0)
            {
                Throw(vector, Hash('p', $"{last} {plain}"), weight * PairWeight);
            }

            last = plain;
        }
    }

    private static void Throw(double[] vector, ulong hash, double weight)
    {
        for (var i = 0; i < PlacesOfFeature; i++)
        {
            hash = Mix(hash);
            var place = (int)((hash >> 33) % (ulong)vector.Length);
            vector[place] += (hash & 1) == 0 ? weight : -weight;
        }
    }

    private static void AddNoise(double[] vector, ulong hash)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            hash = Mix(hash);
            vector[i] += OwnWeight * (((hash >> 11) * (2.0 / (1UL << 53))) - 1);
        }
    }

    /// <summary>FNV-1a over the characters; <paramref name="kind"/> keeps a word apart from a triple of the same letters.</summary>
    private static ulong Hash(char kind, ReadOnlySpan<char> text)
    {
        var hash = (0xCBF29CE484222325 ^ kind) * 0x100000001B3;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 0x100000001B3;
        }

        return Mix(hash);
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
