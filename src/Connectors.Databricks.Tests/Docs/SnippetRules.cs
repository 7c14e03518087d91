namespace Connectors.Databricks.Tests.Docs;

/// <summary>What a page shows as C# is code that compiles, word for word.</summary>
internal static class SnippetRules
{
    public static IEnumerable<string> FencesAreCompiledCode(
        IEnumerable<MarkdownFile> pages, IReadOnlyDictionary<string, string> snippets) =>
        from page in pages
        from fence in page.CSharpFences
        let complaint = Complaint(fence.Name, fence.Code, snippets)
        where complaint is not null
        select $"{page.Path}:{fence.Line}: {complaint}";

    public static IEnumerable<string> CodeIsShown(IEnumerable<MarkdownFile> pages, IEnumerable<string> names)
    {
        var shown = pages.SelectMany(page => page.CSharpFences).Select(fence => fence.Name).ToHashSet();
        return names.Where(name => !shown.Contains(name)).Select(name => $"no page shows the snippet '{name}'.");
    }

    private static string? Complaint(string? name, string code, IReadOnlyDictionary<string, string> snippets) => name switch
    {
        null => "a C# fence needs a comment above it: <!-- snippet: name -->.",
        _ when !snippets.TryGetValue(name, out var compiled) => $"no compiled code is named '{name}'.",
        _ when snippets[name] != code => $"the code is not that of the snippet '{name}', which is:\n{snippets[name]}",
        _ => null,
    };
}
