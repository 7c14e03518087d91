namespace Connectors.Databricks.Packaging.Tests.Release;

public class SourceLinkTests
{
    [Theory]
    [ClassData(typeof(PackageIds))]
    public void Sources_are_downloaded_from_the_project_at_the_packed_commit(string id)
    {
        var package = Package.Open(id);
        var commit = package.Element("repository")!.Attribute("commit")!.Value;
        var project = new Uri(Repository.ProjectUrl).AbsolutePath;

        Assert.All(Symbols.Of(package), symbols =>
        {
            var (local, remote) = Assert.Single(symbols.SourceLinks);
            Assert.Equal("/_/*", local);
            Assert.Contains($"{project}/", remote!.GetValue<string>(), StringComparison.Ordinal);
            Assert.EndsWith($"/{commit}/*", remote.GetValue<string>(), StringComparison.Ordinal);
        });
    }

    [Theory]
    [ClassData(typeof(PackageIds))]
    public void A_source_that_is_not_in_the_repository_is_embedded(string id) =>
        Assert.All(Symbols.Of(Package.Open(id)), symbols => Assert.Empty(symbols.Sources
            .Where(source => !source.IsEmbedded && !File.Exists(Repository.PathOf(source.Path["/_/".Length..])))
            .Select(source => source.Path)));
}
