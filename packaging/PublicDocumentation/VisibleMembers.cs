using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PublicDocumentation;

/// <summary>The documentation ids of what users of an assembly can see: public and protected members of visible types.</summary>
internal sealed class VisibleMembers
{
    private readonly HashSet<string> _visible = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);

    /// <summary>Whether a documentation file of the package keeps the member.</summary>
    public bool Contains(string id) => _visible.Contains(id);

    /// <summary>Whether the member is in the assembly, but not visible.</summary>
    public bool Hides(string id) => _hidden.Contains(id);

    public static VisibleMembers Read(string assembly, IEnumerable<string> references)
    {
        var subject = MetadataReference.CreateFromFile(assembly);
        var compilation = CSharpCompilation.Create(
            "Documentation",
            references: [subject, .. references.Where(path => path.Length > 0).Select(path => MetadataReference.CreateFromFile(path))],
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, metadataImportOptions: MetadataImportOptions.All));
        var symbol = compilation.GetAssemblyOrModuleSymbol(subject) as IAssemblySymbol
            ?? throw new InvalidOperationException($"'{assembly}' is not an assembly.");
        var members = new VisibleMembers();
        members.Add(symbol.GlobalNamespace, visible: true);
        return members;
    }

    private void Add(INamespaceOrTypeSymbol container, bool visible)
    {
        foreach (var member in container.GetMembers())
        {
            var shown = visible && (member is INamespaceSymbol || member.DeclaredAccessibility
                is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal);
            if (member.GetDocumentationCommentId() is { } id)
            {
                (shown ? _visible : _hidden).Add(id);
            }

            if (member is INamespaceOrTypeSymbol nested)
            {
                Add(nested, shown);
            }
        }
    }
}
