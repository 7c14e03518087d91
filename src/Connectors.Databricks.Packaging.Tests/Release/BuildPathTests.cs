using System.Text;

namespace Connectors.Databricks.Packaging.Tests.Release;

public class BuildPathTests
{
    [Theory]
    [ClassData(typeof(PackageIds))]
    public void No_file_of_a_package_names_the_folder_it_was_built_in(string id)
    {
        var package = Package.Open(id);
        byte[][] paths = [Encoding.UTF8.GetBytes(Repository.Root), Encoding.Unicode.GetBytes(Repository.Root)];

        Assert.Empty(package.Entries.Concat(package.Symbols)
            .Where(entry => paths.Any(path => entry.Value.AsSpan().IndexOf(path) >= 0))
            .Select(entry => entry.Key));
    }

    [Theory]
    [ClassData(typeof(PackageIds))]
    public void Symbols_name_sources_from_the_root_of_the_repository(string id) =>
        // A portable PDB stores a path in parts, so that a search for the whole path finds nothing: it is read as a debugger reads it.
        Assert.All(Symbols.Of(Package.Open(id)), symbols =>
            Assert.All(symbols.Sources, source => Assert.StartsWith("/_/", source.Path, StringComparison.Ordinal)));
}
