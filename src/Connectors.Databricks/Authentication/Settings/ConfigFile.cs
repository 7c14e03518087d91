namespace Connectors.Databricks.Authentication.Settings;

/// <summary>Reads the INI file that the Databricks CLI and SDKs share (authentication reference §4.1).</summary>
internal static class ConfigFile
{
    /// <returns>The keys of each section, by the section's name.</returns>
    /// <exception cref="FormatException">
    /// A line is neither a section, nor a key, nor a comment; the message contains the line number.
    /// </exception>
    public static Dictionary<string, Dictionary<string, string>> Parse(string text)
    {
        var sections = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? section = null;
        var number = 0;
        foreach (var whole in text.TrimStart('\uFEFF').AsSpan().EnumerateLines())
        {
            number++;
            var line = whole.Trim();
            if (line.IsEmpty || line[0] is '#' or ';')
            {
                continue;
            }

            if (line[0] == '[')
            {
                section = Section(sections, line, number);
                continue;
            }

            var equals = line.IndexOfAny('=', ':');
            if (equals <= 0)
            {
                // The line is not quoted: it may hold a secret.
                throw new FormatException($"line {number} is neither [section] nor key = value");
            }

            if (section is null)
            {
                // Keys before the first section belong to the one named DEFAULT.
                sections["DEFAULT"] = section = new Dictionary<string, string>(StringComparer.Ordinal);
            }

            section[line[..equals].TrimEnd().ToString()] = Value(line[(equals + 1)..].Trim());
        }

        return sections;
    }

    private static Dictionary<string, string> Section(
        Dictionary<string, Dictionary<string, string>> sections, ReadOnlySpan<char> line, int number)
    {
        var end = line.IndexOf(']');
        if (end < 0)
        {
            throw new FormatException($"line {number} opens a section and does not close it");
        }

        var name = line[1..end].Trim().ToString();
        if (!sections.TryGetValue(name, out var section))
        {
            sections[name] = section = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        return section;
    }

    private static string Value(ReadOnlySpan<char> text)
    {
        if (text is [('"' or '\'') and var quote, .. var rest] && rest.IndexOf(quote) is >= 0 and var end
            && IsRemark(rest[(end + 1)..]))
        {
            return rest[..end].ToString();
        }

        // Without a space before it inside the value a '#' is part of it, also as its first character: passwords have them, and the SDKs
        // read them so.
        var remark = text.IndexOf(" #") is >= 0 and var hash ? hash : text.IndexOf(" ;");
        return (remark < 0 ? text : text[..remark].TrimEnd()).ToString();
    }

    private static bool IsRemark(ReadOnlySpan<char> text) => text.Trim() is [] or ['#' or ';', ..];
}
