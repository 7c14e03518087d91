using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PublicDocumentation;

namespace Connectors.Databricks.Packaging.Tests;

public sealed class PublicDocumentationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Public_and_protected_members_of_visible_types_are_kept()
    {
        var (members, dangling) = Filtered("""
            /// <summary>1</summary>
            public class Shown<T>
            {
                /// <summary>2</summary>
                public void Overloaded(T value, int[] more) { }
                /// <summary>3</summary>
                internal void Overloaded(T value) { }
                /// <summary>4</summary>
                protected int Inherited { get; set; }
                /// <summary>5</summary>
                private protected int Kept { get; set; }
                /// <summary>6</summary>
                private int _field;
                /// <summary>7</summary>
                public enum Nested
                {
                    /// <summary>8</summary>
                    Value,
                }
                public override string ToString() => $"{_field}";
            }
            /// <summary>9</summary>
            internal class Hidden
            {
                /// <summary>10</summary>
                public class Nested { }
            }
            """);

        Assert.Equal(
            ["T:Shown`1", "M:Shown`1.Overloaded(`0,System.Int32[])", "P:Shown`1.Inherited", "T:Shown`1.Nested", "F:Shown`1.Nested.Value"],
            members);
        Assert.Empty(dangling);
    }

    [Fact]
    public void A_reference_to_what_users_cannot_see_is_named()
    {
        var (_, dangling) = Filtered("""
            /// <summary>As <see cref="Hidden"/>, not as <see cref="System.String"/>.</summary>
            public class Shown { }
            /// <summary>See <see cref="Shown"/>.</summary>
            internal class Hidden { }
            """);

        Assert.Equal([("T:Shown", "T:Hidden")], dangling);
    }

    private (IEnumerable<string> Members, IEnumerable<(string Member, string Reference)> Dangling) Filtered(string source)
    {
        var assembly = Path.Combine(_folder.FullName, "Subject.dll");
        var documentation = Path.Combine(_folder.FullName, "Subject.xml");
        var core = typeof(object).Assembly.Location;
        var result = CSharpCompilation.Create(
            "Subject",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose))],
            [MetadataReference.CreateFromFile(core)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(assembly, xmlDocumentationPath: documentation);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));

        var document = XDocument.Load(documentation);
        var dangling = DocumentationFilter.Apply(document, VisibleMembers.Read(assembly, [core]));
        return (document.Descendants("member").Select(member => member.Attribute("name")!.Value), dangling);
    }
}
