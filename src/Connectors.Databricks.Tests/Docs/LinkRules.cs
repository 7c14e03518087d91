using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>A link inside the repository leads somewhere.</summary>
internal static class LinkRules
{
    public static IEnumerable<string> LinksLeadSomewhere(IReadOnlyList<MarkdownFile> pages) =>
        from page in pages
        from link in page.Links
        where !link.Target.Contains("://", StringComparison.Ordinal) && !link.Target.StartsWith("mailto:", StringComparison.Ordinal)
        let complaint = Complaint(page, link.Target, pages)
        where complaint is not null
        select $"{page.Path}:{link.Line}: {complaint}";

    private static string? Complaint(MarkdownFile page, string target, IReadOnlyList<MarkdownFile> pages)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? page.Path : Resolved(page.Path, parts[0]);
        var full = Path.Combine(Repository.Root, path);
        var linked = pages.FirstOrDefault(candidate => candidate.Path == path);
        if (linked is null && !File.Exists(full) && !Directory.Exists(full))
        {
            return $"the link leads to '{path}', which does not exist.";
        }

        return parts.Length == 2 && linked is not null && !linked.Anchors.Contains(parts[1])
            ? $"'{path}' has no heading for '#{parts[1]}'."
            : null;
    }

    private static string Resolved(string page, string target)
    {
        var root = Path.GetFullPath("/");
        var full = Path.GetFullPath(Path.Combine(root, Path.GetDirectoryName(page) ?? "", target));
        return Path.GetRelativePath(root, full).Replace('\\', '/');
    }
}
