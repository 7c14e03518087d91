using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>Holds the first half of a surrogate pair until the next delta has the second, so that returned text is always valid.</summary>
internal struct SurrogatePairJoiner
{
    private char _first;

    /// <summary>Whether a half is held.</summary>
    public readonly bool IsWaiting => _first != default;

    /// <summary>Joins a delta to the held half, and holds the half that it ends with.</summary>
    /// <exception cref="JsonException">The halves do not form a pair.</exception>
    public string? Join(string? text)
    {
        if (text is not { Length: > 0 } || (_first == default && !char.IsSurrogate(text[0]) && !char.IsSurrogate(text[^1])))
        {
            return text;
        }

        if (char.IsLowSurrogate(text[0]) != (_first != default))
        {
            throw Unpaired();
        }

        var whole = _first == default ? text : _first + text;
        _first = default;
        if (!char.IsHighSurrogate(whole[^1]))
        {
            return whole;
        }

        _first = whole[^1];
        return whole[..^1];
    }

    /// <exception cref="JsonException">A half was never completed.</exception>
    public readonly void RequireWhole()
    {
        if (_first != default)
        {
            throw Unpaired();
        }
    }

    private static JsonException Unpaired() => new("A text has half a surrogate pair that no delta completes.");
}
