using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>How public members are documented.</summary>
internal static partial class XmlDocRules
{
    /// <summary>The convention of .NET: "Gets or sets …". Values of a set, such as <c>Color.Red</c>, say what they are.</summary>
    public static IEnumerable<string> PropertiesStartWithGets(IEnumerable<SourceFile> sources) =>
        from file in sources
        from property in DocumentedProperty().Matches(file.Text)
        let summary = Continuation().Replace(property.Groups["summary"].Value, " ").Trim()
        where !summary.StartsWith("Gets ", StringComparison.Ordinal) && !IsValueOfSet(property.Groups["type"].Value, file)
        select $"{file.Path}:{file.Text.AsSpan(0, property.Groups["name"].Index).Count('\n') + 1}: "
            + $"the summary of {property.Groups["name"].Value} does not start with 'Gets'.";

    private static bool IsValueOfSet(string type, SourceFile file) => $"{type}.cs" == file.Name;

    [GeneratedRegex("""
        ///\s<summary>(?<summary>(?:(?!</summary>)[\s\S])*)</summary>\s*\n
        (?:[ ]+(?:///|\[)[^\n]*\n)*
        [ ]+public[ ](?:(?:static|virtual|abstract|override|required)[ ])*(?<type>[\w<>?\[\],. ()]+)[ ](?<name>\w+)(?:[ ]|\s+(?=\{\s+get\b))(?:\{\s*get\b|=>)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex DocumentedProperty();

    [GeneratedRegex(@"\s*///\s*")]
    private static partial Regex Continuation();
}
