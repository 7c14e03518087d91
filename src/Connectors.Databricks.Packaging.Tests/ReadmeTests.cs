using System.Text.RegularExpressions;

namespace Connectors.Databricks.Packaging.Tests;

public partial class ReadmeTests
{
    [Theory]
    [ClassData(typeof(PackageIds))]
    public void A_readme_is_about_its_own_package(string id)
    {
        var package = Package.Open(id);

        Assert.StartsWith($"# {id}\n", package.Text(package.Metadata("readme")!).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(PackageIds))]
    public void Every_link_of_a_readme_is_absolute_and_leads_to_a_file(string id)
    {
        var readme = Package.Open(id).Text("README.md");

        Assert.Contains(Repository.ProjectUrl, readme, StringComparison.Ordinal);
        Assert.Empty(Complaints(readme));
    }

    [Theory]
    [ClassData(typeof(PackageIds))]
    public void A_readme_has_no_comments_which_galleries_show_as_text(string id) =>
        Assert.DoesNotContain("<!--", Package.Open(id).Text("README.md"), StringComparison.Ordinal);

    [Fact]
    public void A_relative_link_and_a_link_to_a_missing_file_are_named() =>
        Assert.Equal(
            ["docs/chat.md", $"{Repository.ProjectUrl}/blob/main/docs/nowhere.md"],
            Complaints(
                $"[a](docs/chat.md) [b]({Repository.ProjectUrl}/blob/main/docs/nowhere.md) "
                + $"[c]({Repository.ProjectUrl}/blob/main/docs/chat.md#tools) [d]({Repository.ProjectUrl}) [e](https://example.com/)"));

    private static IEnumerable<string> Complaints(string readme) =>
        from Match match in Link().Matches(readme)
        let target = match.Groups[1].Value
        where !Uri.TryCreate(target, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || LeadsNowhere(target)
        select target;

    private static bool LeadsNowhere(string target)
    {
        var files = $"{Repository.ProjectUrl}/blob/main/";
        return target.StartsWith(files, StringComparison.Ordinal) && !File.Exists(Repository.PathOf(target[files.Length..].Split('#')[0]));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
