using System.Xml.Linq;

namespace Connectors.Databricks.Packaging.Tests.Dependencies;

public class DependencyTests
{
    /// <summary>Set to 1, the tests write the approved lists instead of comparing with them.</summary>
    private const string Variable = "APPROVE_DEPENDENCIES";

    private static readonly string Folder = Repository.PathOf("src/Connectors.Databricks.Packaging.Tests/Dependencies");

    [Theory]
    [ClassData(typeof(PackageIds))]
    public void A_package_has_the_approved_dependencies(string id)
    {
        var approved = Path.Combine(Folder, $"{id}.approved.txt");
        var actual = DependencyList.Of(Package.Open(id).Nuspec);
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(approved, actual);
        }

        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        Assert.True(expected == actual, $"""
            The dependencies of {id} are not the approved ones. Approved:
            {expected}
            Packed:
            {actual}
            If this is meant, run: {Variable}=1 dotnet test src/Connectors.Databricks.Packaging.Tests
            """);
    }

    [Fact]
    public void An_approved_list_belongs_to_a_package() =>
        Assert.Equal(
            Repository.PackageIds.Select(id => $"{id}.approved.txt").ToHashSet(),
            Directory.EnumerateFiles(Folder, "*.approved.txt").Select(path => Path.GetFileName(path)).ToHashSet());

    [Fact]
    public void A_list_names_each_dependency_of_each_framework_with_what_it_excludes() =>
        Assert.Equal(
            """
            net10.0 framework Microsoft.AspNetCore.App
            net10.0 package A 1.0.0 exclude=Build,Analyzers
            net10.0 package B [2.0.0]
            net8.0 package none

            """.ReplaceLineEndings("\n"),
            DependencyList.Of(XDocument.Parse("""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <dependencies>
                      <group targetFramework="net8.0" />
                      <group targetFramework="net10.0">
                        <dependency id="B" version="[2.0.0]" />
                        <dependency id="A" version="1.0.0" exclude="Build,Analyzers" />
                      </group>
                    </dependencies>
                    <frameworkReferences>
                      <group targetFramework="net10.0"><frameworkReference name="Microsoft.AspNetCore.App" /></group>
                    </frameworkReferences>
                  </metadata>
                </package>
                """)));
}
