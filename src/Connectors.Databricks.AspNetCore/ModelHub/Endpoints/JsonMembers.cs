using System.Text.Json;
using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.ModelHub.Endpoints;

/// <summary>Writes members that have a value; texts of the workspace without what looks like a secret.</summary>
internal static class JsonMembers
{
    public static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(name, SecretText.Of(text));
        }
    }

    public static void Number(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? number)
    {
        if (number is { } known && double.IsFinite(known))
        {
            writer.WriteNumber(name, Math.Round(known, 3));
        }
    }

    public static void Number(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal? number)
    {
        if (number is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }

    public static void Flag(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? flag)
    {
        if (flag is { } known)
        {
            writer.WriteBoolean(name, known);
        }
    }

    public static void Time(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            writer.WriteString(name, known.ToUniversalTime());
        }
    }

    public static void List(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStringValue(SecretText.Of(item));
        }

        writer.WriteEndArray();
    }
}
