using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Connectors.Databricks.Packaging.Tests;

/// <summary>A package and its symbols, as packed.</summary>
internal sealed class Package
{
    private Package(string id)
    {
        Id = id;
        Entries = EntriesOf($"{id}.{Repository.PackageVersion}.nupkg");
        Symbols = EntriesOf($"{id}.{Repository.PackageVersion}.snupkg");
        Nuspec = XDocument.Parse(Text($"{id}.nuspec"));
    }

    public string Id { get; }

    /// <summary>Every file of the package, by its path.</summary>
    public IReadOnlyDictionary<string, byte[]> Entries { get; }

    /// <summary>Every file of the symbol package, by its path.</summary>
    public IReadOnlyDictionary<string, byte[]> Symbols { get; }

    public XDocument Nuspec { get; }

    /// <summary>The assemblies of the package, one for each target framework.</summary>
    public IEnumerable<string> Assemblies => Entries.Keys.Where(path => path.EndsWith(".dll", StringComparison.Ordinal)).Order();

    public static Package Open(string id) => new(id);

    public string Text(string path) => Encoding.UTF8.GetString(Entries[path]).TrimStart('\uFEFF');

    /// <summary>The text of an element of the nuspec's metadata, or null.</summary>
    public string? Metadata(string name) => Element(name)?.Value;

    /// <summary>An element of the nuspec's metadata, or null.</summary>
    public XElement? Element(string name) =>
        Nuspec.Root!.Elements().Single().Elements().SingleOrDefault(element => element.Name.LocalName == name);

    private static Dictionary<string, byte[]> EntriesOf(string file)
    {
        var path = Path.Combine(Repository.PackageFolder, file);
        Assert.True(File.Exists(path), $"{file} is not in {Repository.PackageFolder}; in Release, run dotnet pack first.");
        using var archive = ZipFile.OpenRead(path);
        return archive.Entries.ToDictionary(entry => entry.FullName, Read, StringComparer.Ordinal);
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
