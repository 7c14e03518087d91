using System.Globalization;

namespace Connectors.Databricks.Agents.Invocations;

/// <summary>Recognizes events that a replay repeats: by their number, or by the whole id where ids are no numbers.</summary>
internal sealed class SeenEvents
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private long _number = long.MinValue;

    /// <summary>The id of the last new event; null before the first, and when events have none.</summary>
    public string? Last { get; private set; }

    public bool IsNew(string? id)
    {
        if (id is not { Length: > 0 })
        {
            return true;
        }

        if (long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            if (number <= _number)
            {
                return false;
            }

            _number = number;
        }
        else if (!_ids.Add(id))
        {
            return false;
        }

        Last = id;
        return true;
    }
}
