using System.Xml.Linq;

namespace PublicDocumentation;

/// <summary>Removes the members of a documentation file that users cannot see.</summary>
internal static class DocumentationFilter
{
    /// <summary>Removes in place; returns the references of what is left to what is not visible.</summary>
    public static IReadOnlyList<(string Member, string Reference)> Apply(XDocument documentation, VisibleMembers visible)
    {
        var members = documentation.Root!.Element("members")!;
        foreach (var member in members.Elements("member").Where(member => !visible.Contains(IdOf(member))).ToList())
        {
            (member.PreviousNode as XText)?.Remove();
            member.Remove();
        }

        return
        [
            .. from member in members.Elements("member")
               from reference in member.Descendants().Attributes("cref")
               where visible.Hides(reference.Value)
               select (IdOf(member), reference.Value),
        ];
    }

    private static string IdOf(XElement member) => member.Attribute("name")!.Value;
}
