using System.Reflection;

namespace Connectors.Databricks.Tests.Architecture;

public class PublicApiTests
{
    private const int MaxPublicTypes = 95;

    private static readonly PublicApiApproval OnFile = new(
        Path.Combine(Repository.Root, "src/Connectors.Databricks.Tests/Architecture"),
        approves: Environment.GetEnvironmentVariable(PublicApiApproval.Variable) == "1");

    [Theory]
    [InlineData("Connectors.Databricks")]
    [InlineData("Connectors.Databricks.Management")]
    [InlineData("Connectors.Databricks.Emulator")]
    public void The_public_surface_is_the_approved_one(string assembly)
    {
        var complaint = OnFile.Check(assembly, PublicApi.Of(Assembly.Load(assembly)));

        Assert.True(complaint is null, complaint);
    }

    /// <summary>
    /// Every public type is one more that a user has to know. The Responses API, agents, batch inference and SQL statements will raise the
    /// ceiling; until then, a new type takes the place of another.
    /// </summary>
    [Fact]
    public void The_connector_has_few_public_types() => Assert.InRange(TypesOf("Connectors.Databricks").Length, 1, MaxPublicTypes);

    [Fact]
    public void A_public_type_has_the_namespace_of_its_package() => Rule.Holds(
        AwayFromTheFrontDoor([.. TypesOf("Connectors.Databricks"), .. TypesOf("Connectors.Databricks.Management")]));

    [Fact]
    public void A_public_type_away_from_the_project_root_is_named() =>
        Assert.Equal(
            ["Connectors.Databricks.Tests.Architecture.PublicApiTests is public and not at the project root"],
            AwayFromTheFrontDoor([typeof(PublicApiTests), typeof(PublicApi)]));

    [Theory]
    [InlineData("Connectors.Databricks")]
    [InlineData("Connectors.Databricks.Management")]
    [InlineData("Connectors.Databricks.Emulator")]
    public void A_public_type_has_exactly_one_file_named_after_it(string assembly) =>
        Rule.Holds(WithoutOneFile(TypesOf(assembly), Repository.SourcesOf($"src/{assembly}")));

    [Fact]
    public void A_public_type_without_a_file_of_its_name_or_with_two_is_named()
    {
        SourceFile[] files = [new("src/A/Lazy.cs", ""), new("src/A/B/Lazy.cs", ""), new("src/A/Uri.cs", "")];

        Assert.Equal(
            ["System.Lazy`1: 2 files are named Lazy.cs", "System.Version: 0 files are named Version.cs"],
            WithoutOneFile([typeof(Uri), typeof(Lazy<>), typeof(Version)], files));
    }

    [Fact]
    public void A_changed_surface_is_shown_as_a_patch_with_the_way_to_approve_it()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "A.approved.txt"), "1\n2\n3\n4\n5\n6\n7\n8\n9\n");

            var complaint = new PublicApiApproval(folder.FullName, approves: false).Check("A", "1\n2\n3\n4\nfive\n6\n7\n8\n9\nten\n");

            Assert.Equal(
                """
                The public surface of A is not the approved one:

                ...
                 3
                 4
                -5
                +five
                 6
                 7
                 8
                 9
                +ten


                If this is meant, approve it: copy A.received.txt over A.approved.txt,
                or run the tests once with APPROVE_PUBLIC_API=1. Then add the change to CHANGELOG.md.
                """.ReplaceLineEndings("\n"),
                complaint);
            Assert.Equal("1\n2\n3\n4\nfive\n6\n7\n8\n9\nten\n", File.ReadAllText(Path.Combine(folder.FullName, "A.received.txt")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_approval_replaces_the_surface_on_file_and_then_agrees_with_it()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "A.received.txt"), "left over\n");

            Assert.Null(new PublicApiApproval(folder.FullName, approves: true).Check("A", "new\n"));
            Assert.Null(new PublicApiApproval(folder.FullName, approves: false).Check("A", "new\n"));
            Assert.Equal(["A.approved.txt"], folder.EnumerateFiles().Select(file => file.Name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Type[] TypesOf(string assembly) => Assembly.Load(assembly).GetExportedTypes();

    private static IEnumerable<string> AwayFromTheFrontDoor(IEnumerable<Type> types) =>
        from type in types
        where type.IsPublic
        where type.Namespace is not ("Connectors.Databricks" or "Connectors.Databricks.Management")
            && !(type.Namespace == "Microsoft.Extensions.DependencyInjection" && type.Name.EndsWith("Extensions", StringComparison.Ordinal))
        select $"{type.FullName} is public and not at the project root";

    private static IEnumerable<string> WithoutOneFile(IEnumerable<Type> types, IEnumerable<SourceFile> sources)
    {
        var files = sources.ToLookup(file => file.Name, StringComparer.Ordinal);
        return from type in types
               where type.IsPublic
               let file = $"{type.Name.Split('`')[0]}.cs"
               where files[file].Count() != 1
               select $"{type.FullName}: {files[file].Count()} files are named {file}";
    }
}
