using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Connectors.Databricks.Packaging.Tests;

/// <summary>The files that say what the public API is compared with, and where it may differ.</summary>
public partial class BaselineTests
{
    /// <summary>An abbreviation may become ambiguous, and a branch moves.</summary>
    [Fact]
    public void The_baseline_is_the_full_id_of_a_commit() =>
        Assert.Matches(CommitId(), File.ReadAllText(Repository.PathOf("packaging/baseline.txt")).ReplaceLineEndings("\n"));

    [Fact]
    public void Every_suppressed_break_states_its_reason() =>
        Assert.Empty(
            from id in Repository.PackageIds
            let path = Repository.PathOf($"src/{id}/CompatibilitySuppressions.xml")
            where File.Exists(path)
            from target in WithoutReason(XDocument.Load(path))
            select $"{id}: {target}");

    [Fact]
    public void A_suppression_without_a_comment_above_it_is_named()
    {
        var suppressions = XDocument.Parse("""
            <Suppressions>
              <!-- The service removed the parameter. -->
              <Suppression><DiagnosticId>CP0002</DiagnosticId><Target>M:A.B</Target></Suppression>
              <Suppression><DiagnosticId>CP0002</DiagnosticId><Target>M:A.C</Target></Suppression>
              <!-- -->
              <Suppression><DiagnosticId>CP0002</DiagnosticId><Target>M:A.D</Target></Suppression>
            </Suppressions>
            """);

        Assert.Equal(["M:A.C", "M:A.D"], WithoutReason(suppressions));
    }

    private static IEnumerable<string> WithoutReason(XDocument suppressions) =>
        from suppression in suppressions.Descendants("Suppression")
        where suppression.PreviousNode is not XComment comment || string.IsNullOrWhiteSpace(comment.Value)
        select (string?)suppression.Element("Target") ?? suppression.ToString();

    [GeneratedRegex(@"^[0-9a-f]{40}\n\z")]
    private static partial Regex CommitId();
}
