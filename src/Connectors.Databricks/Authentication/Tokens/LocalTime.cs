using System.Globalization;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>Moments as programs on this machine write them: with an offset, or in local time.</summary>
internal static class LocalTime
{
    /// <summary>A moment that may have an offset; without one it is in the zone.</summary>
    /// <returns>Null for a text that is none.</returns>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        // A year first: "March 20, 2027" and "5" would be moments, too.
        if (text is not [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', '-', ..])
        {
            return null;
        }

        return HasOffset(text)
            ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null
            : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
                && local.Kind == DateTimeKind.Unspecified
                ? In(zone, local)
                : null;
    }

    // Behind the time, that is: the date has dashes of its own.
    private static bool HasOffset(string text) =>
        text[^1] is 'Z' or 'z' || text.AsSpan(Math.Min(10, text.Length)).IndexOfAny('+', '-') >= 0;

    private static DateTimeOffset? In(TimeZoneInfo zone, DateTime local)
    {
        // Once a year a local time means two moments: a token is better renewed at the earlier one than used until the later one.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(local, offset) : null;
    }
}
