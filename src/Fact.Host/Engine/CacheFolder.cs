using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Fact.Host.Engine;

/// <summary>A folder into which nobody else can write, since what is in it is run as it is.</summary>
internal static class CacheFolder
{
    private const int AddFile = 0x2, DeleteChild = 0x40, Delete = 0x1_0000, ChangePermissions = 0x4_0000, TakeOwnership = 0x8_0000;
    private const int GenericAll = 0x1000_0000, GenericWrite = 0x4000_0000;

    /// <summary>What lets somebody put something in, change or take what is there, or give himself the right to: bits of an access mask.</summary>
    private const int Writes = AddFile | DeleteChild | Delete | ChangePermissions | TakeOwnership | GenericAll | GenericWrite;

    /// <summary>Who can do everything anyway: the system, administrators, the installer of the system; and who made a file, or has it.</summary>
    private static readonly string[] Trusted =
        ["S-1-5-18", "S-1-5-32-544", "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464", "S-1-3-0", "S-1-3-4"];

    /// <summary>Makes the folder for this user alone; one that exists must be so already.</summary>
    /// <exception cref="IOException">The folder cannot be made, or others can write into it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made, or not be looked at.</exception>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows() ? MakeOnWindows(folder) : MakeOnUnix(folder))
            return;
        throw new IOException("others can write there, and what is in the folder is run as it is: take that permission from them");
    }

    /// <summary>Whether anybody but a user, and those who can do everything anyway, can write by rules of Windows.</summary>
    /// <param name="allowed">Who is allowed what: the identifier, and an access mask. Rules that only files in the folder inherit are among them.</param>
    /// <param name="user">The user.</param>
    internal static bool IsOpen(IEnumerable<(string Who, int Rights)> allowed, string user) =>
        allowed.Any(rule => (rule.Rights & Writes) != 0 && rule.Who != user && !Trusted.Contains(rule.Who));

    [UnsupportedOSPlatform("windows")]
    private static bool MakeOnUnix(string folder)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return (File.GetUnixFileMode(folder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;
    }

    [SupportedOSPlatform("windows")]
    private static bool MakeOnWindows(string folder)
    {
        using var identity = WindowsIdentity.GetCurrent();
        var user = identity.User!;
        try
        {
            if (!Directory.Exists(folder))
            {
                var only = new DirectorySecurity();
                only.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
                only.AddAccessRule(new FileSystemAccessRule(
                    user,
                    FileSystemRights.FullControl,
                    InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
                    PropagationFlags.None,
                    AccessControlType.Allow));
                only.CreateDirectory(folder);
            }
            var security = new DirectoryInfo(folder).GetAccessControl(AccessControlSections.Access | AccessControlSections.Owner);
            // Whoever owns it can give himself rights.
            string? owner = security.GetOwner(typeof(SecurityIdentifier))?.Value;
            var rules = security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>()
                .Where(rule => rule.AccessControlType == AccessControlType.Allow).Select(rule => (rule.IdentityReference.Value, (int)rule.FileSystemRights));
            return !IsOpen(owner is null ? rules : rules.Append((owner, ChangePermissions)), user.Value);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException)
        {
            throw new IOException("the system does not say who can write there", e);
        }
    }
}
