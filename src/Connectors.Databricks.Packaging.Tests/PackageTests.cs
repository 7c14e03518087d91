using System.Buffers.Binary;

namespace Connectors.Databricks.Packaging.Tests;

public class PackageTests
{
    [Theory]
    [ClassData(typeof(PackageIds))]
    public void A_package_says_where_it_comes_from(string id)
    {
        var package = Package.Open(id);

        Assert.Equal(Repository.ProjectUrl, package.Metadata("projectUrl"));
        Assert.Equal(Repository.ProjectUrl, package.Element("repository")?.Attribute("url")?.Value);
        Assert.Equal("git", package.Element("repository")?.Attribute("type")?.Value);
        Assert.Equal($"{Repository.ProjectUrl}/blob/main/CHANGELOG.md", package.Metadata("releaseNotes"));
        Assert.Equal("MIT", package.Metadata("license"));
        Assert.NotEqual("Package Description", package.Metadata("description"));
    }

    [Theory]
    [ClassData(typeof(PackageIds))]
    public void A_package_has_an_icon_that_a_gallery_shows(string id)
    {
        var package = Package.Open(id);
        var icon = package.Entries[package.Metadata("icon")!].AsSpan();

        // A PNG: its signature, then the header's width and height.
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(icon[..8]));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon[16..]));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon[20..]));
    }

    [Theory]
    [ClassData(typeof(PackageIds))]
    public void A_package_holds_assemblies_with_documentation_and_symbols_and_nothing_else(string id)
    {
        var package = Package.Open(id);
        string[] assemblies = [.. package.Assemblies];
        string[] documentation = [.. assemblies.Select(path => Path.ChangeExtension(path, ".xml"))];
        string[] symbols = [.. assemblies.Select(path => Path.ChangeExtension(path, ".pdb"))];

        Assert.NotEmpty(assemblies);
        Assert.Equal([.. assemblies, .. documentation, "icon.png", "README.md"], package.Entries.Keys.Where(IsContent).ToHashSet());
        Assert.Equal(symbols, package.Symbols.Keys.Where(IsContent).ToHashSet());
    }

    /// <summary>Not what every package has, nor the runtime configuration that the SDK adds for a program.</summary>
    private static bool IsContent(string path) =>
        !path.EndsWith(".nuspec", StringComparison.Ordinal)
        && !path.StartsWith("_rels/", StringComparison.Ordinal)
        && !path.StartsWith("package/", StringComparison.Ordinal)
        && !path.EndsWith(".runtimeconfig.json", StringComparison.Ordinal)
        && path != "[Content_Types].xml";
}
